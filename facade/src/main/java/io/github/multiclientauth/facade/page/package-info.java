/** The pages that people see: Qute templates that need no script, with a policy that allows none. */
package io.github.multiclientauth.facade.page;
