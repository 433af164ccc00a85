/** The pages that people see: Qute templates without scripts, with a policy that allows none. */
package io.github.multiclientauth.facade.page;
