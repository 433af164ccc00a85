import { AuthConfigError } from './environment.js';

/** Compares a sign-in with what a server demands of it, and says what is missing (RFC 9470). */

/** What `acr_values` and a quoted text in a header can hold (RFC 6749, appendix A). */
const LEVEL = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** Whether options demand anything of a sign-in. */
export const demandsSomething = ({ maxAge, acr } = {}) => maxAge !== undefined || acr !== undefined;

/** The levels that are accepted; empty if all are. A wrong demand is an error: nobody must pass because of a typing mistake. */
export function levelsOf({ maxAge, acr } = {}) {
  const levels = acr === undefined ? [] : [acr].flat().join(' ').split(' ');
  if (maxAge !== undefined && !(Number.isInteger(maxAge) && maxAge >= 0)) {
    throw new AuthConfigError(`maxAge must be a whole number of seconds, not "${maxAge}".`);
  }
  if (!levels.every((level) => LEVEL.test(level))) {
    throw new AuthConfigError(`acr must be a level, or a list of levels, of letters and digits, not "${acr}".`);
  }
  return levels;
}

/** The value of `WWW-Authenticate` for a session that is not enough. `undefined` if it is. */
export function challenge(session, options) {
  const { maxAge } = options;
  const levels = levelsOf(options);
  if (session === null) {
    return 'Bearer';
  }
  const isRecent = maxAge === undefined || Date.now() - Date.parse(session.authTime) <= maxAge * 1000;
  if (isRecent && (levels.length === 0 || levels.includes(session.acr))) {
    return undefined;
  }
  return [
    'Bearer error="insufficient_user_authentication"',
    `error_description="${isRecent ? 'A sign-in of another level' : 'A more recent sign-in'} is required"`,
    ...(maxAge === undefined ? [] : [`max_age="${maxAge}"`]),
    ...(levels.length === 0 ? [] : [`acr_values="${levels.join(' ')}"`]),
  ].join(', ');
}
