/** Tests of the alert rules and the dashboard. */
package io.github.multiclientauth.testbed.monitoring;
