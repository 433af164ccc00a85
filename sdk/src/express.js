export { AuthConfigError, AuthServerError, expressAuth } from './server.js';
