package io.github.multiclientauth.testbed.provider.oauth;

/** How a provider takes the parameter {@code response_type}. */
public enum ResponseType {
    /** It must be there, and {@code code}. */
    REQUIRED {
        @Override
        boolean permits(String sent) {
            return "code".equals(sent);
        }
    },
    /** If it is there, it must be {@code code}. */
    ASSUMED {
        @Override
        boolean permits(String sent) {
            return sent == null || REQUIRED.permits(sent);
        }
    },
    /** There is nothing but codes: it is not looked at. */
    IGNORED {
        @Override
        boolean permits(String sent) {
            return true;
        }
    };

    abstract boolean permits(String sent);
}
