/** When an account at an identity provider may be linked to an existing account without a question. */
package io.github.multiclientauth.extension.link;
