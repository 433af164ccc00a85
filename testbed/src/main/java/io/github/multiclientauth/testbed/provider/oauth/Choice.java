package io.github.multiclientauth.testbed.provider.oauth;

/**
 * One of the accounts that the consent page offers.
 *
 * @param remark why this account is interesting
 * @param picture the path of its picture, below the provider's
 */
public record Choice(String login, String name, String remark, String picture) {}
