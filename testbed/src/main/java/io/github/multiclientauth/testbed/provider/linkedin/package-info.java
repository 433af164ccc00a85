/**
 * A stand-in for LinkedIn that says on the wire what LinkedIn says, and checks what LinkedIn checks.
 *
 * @see <a href="https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2">Sign
 *     In with LinkedIn using OpenID Connect</a>
 */
package io.github.multiclientauth.testbed.provider.linkedin;
