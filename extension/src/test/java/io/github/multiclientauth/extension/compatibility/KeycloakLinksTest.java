package io.github.multiclientauth.extension.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeycloakLinksTest {

    private final KeycloakLinks links = new KeycloakLinks(getClass().getClassLoader());

    @Test
    void are_all_there_in_the_keycloak_that_we_compile_against() {
        assertThat(ServerCheck.links()).hasSizeGreaterThan(300);
        assertThat(links.missing(ServerCheck.links())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java/util/NoSuchList",
                "java/util/List size ()J",
                "java/util/List size (I)I",
                "java/util/List length ()I",
                "java/util/ArrayList <init> (Ljava/lang/String;)V",
                "java/util/List of (Ljava/util/NoSuchList;)Ljava/util/List;",
                "java/lang/Integer MAX_VALUE J",
                "java/lang/Integer MOST I"
            })
    void are_missing_unless_owner_name_and_descriptor_fit(String link) {
        assertThat(links.missing(List.of(link))).containsExactly(link);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java/util/List",
                "java/util/List size ()I",
                "java/util/ArrayList isEmpty ()Z",
                "java/util/ArrayList spliterator ()Ljava/util/Spliterator;",
                "java/util/ArrayList removeIf (Ljava/util/function/Predicate;)Z",
                "java/util/ArrayList modCount I",
                "java/util/ArrayList <init> (I)V",
                "java/lang/Integer MAX_VALUE I"
            })
    void inherited_members_are_found(String link) {
        assertThat(links.missing(List.of(link))).isEmpty();
    }
}
