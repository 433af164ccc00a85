export { AccessTokenError, AuthConfigError, AuthServerError, expressAuth, getAccessToken } from './server.js';
