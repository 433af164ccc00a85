export const load = ({ locals }) => ({ session: locals.session });
