package io.github.multiclientauth.testbed.provider.oauth;

/** A provider's rule for the parameter {@code response_type}. */
public enum ResponseType {
    /** It is required and must be {@code code}. */
    REQUIRED {
        @Override
        boolean permits(String sent) {
            return "code".equals(sent);
        }
    },
    /** It is optional and must be {@code code}. */
    ASSUMED {
        @Override
        boolean permits(String sent) {
            return sent == null || REQUIRED.permits(sent);
        }
    },
    /** It is ignored, because the provider has only codes. */
    IGNORED {
        @Override
        boolean permits(String sent) {
            return true;
        }
    };

    abstract boolean permits(String sent);
}
