package io.github.multiclientauth.extension.decision;

import io.github.multiclientauth.extension.EmailAddress;
import java.util.List;
import java.util.Optional;

/**
 * What a provider's word on somebody's e-mail address is worth.
 *
 * @param address the e-mail address with which the person would get an account
 * @param statements what the provider said
 * @param providerTrusted whether the administrator has chosen the provider for this: whoever runs another provider of the realm could say
 *     of any address that it is verified
 */
public record EmailEvidence(String address, List<EmailStatement> statements, boolean providerTrusted) {

    /** Whether it proves the address without anybody being asked. */
    public boolean provesAddress() {
        return providerTrusted
                && EmailAddress.of(address).filter(EmailAddress::isAscii).isPresent()
                && isVerifiedAtProvider();
    }

    private boolean isVerifiedAtProvider() {
        List<EmailStatement> relevant = statements.stream()
                .filter(statement -> statement.isAbout(address))
                .toList();
        if (relevant.stream().anyMatch(statement -> statement.verified().equals(Optional.of(false)))) {
            return false;
        }
        // A trusted provider that says nothing gives verified addresses only.
        return !relevant.isEmpty();
    }
}
