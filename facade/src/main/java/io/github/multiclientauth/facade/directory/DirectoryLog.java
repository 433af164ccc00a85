package io.github.multiclientauth.facade.directory;

/** What the directory tells the operator. */
public interface DirectoryLog {

    /** Something in it is new. */
    void changed(int applications);

    /** Something keeps an application from working; told once. */
    void finding(String what);

    /** The directory cannot be read; told again only for another reason. */
    void unreachable(String reason);

    /** It could be read again. */
    void reachedAgain();

    /** The last snapshot is too old to be used any longer. */
    void givenUp();
}
