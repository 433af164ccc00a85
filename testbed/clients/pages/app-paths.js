/** SvelteKit's `$app/paths` of an application with `kit.paths.base` `/api`: its client then asks for `/api/auth/…`. */
export const base = "/api";
