package io.github.multiclientauth.extension.compatibility;

/** A reference from a class file to a member of another class, with internal names and descriptors as in JVMS, section 4. */
sealed interface Link extends Comparable<Link> {

    /** The class that is named. */
    String owner();

    /** As {@code keycloak-links.txt} has it. */
    String text();

    @Override
    default int compareTo(Link other) {
        return text().compareTo(other.text());
    }

    record ToClass(String owner) implements Link {
        @Override
        public String text() {
            return owner;
        }
    }

    /** @param onInterface whether the caller takes the owner for an interface, which the JVM checks */
    record ToMethod(String owner, String name, String descriptor, boolean isStatic, boolean onInterface)
            implements Link {
        @Override
        public String text() {
            return owner + ' ' + name + ' ' + descriptor;
        }
    }

    record ToField(String owner, String name, String descriptor, boolean isStatic) implements Link {
        @Override
        public String text() {
            return owner + ' ' + name + ' ' + descriptor;
        }
    }
}
