/** What an administrator enters about the previews of an application: deployments whose origins nobody registers one by one. */
package io.github.multiclientauth.extension.preview;
