/**
 * A stand-in for LinkedIn. It sends the same answers and makes the same checks as LinkedIn.
 *
 * @see <a href="https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2">Sign
 *     In with LinkedIn using OpenID Connect</a>
 */
package io.github.multiclientauth.testbed.provider.linkedin;
