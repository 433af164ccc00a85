package io.github.multiclientauth.facade.directory;

/** What the directory tells the operator. */
public interface DirectoryLog {

    /** Something in it is new. */
    void changed(int applications);

    /** Something keeps an application from working; told once. */
    void finding(String what);

    /** Several clients claim one origin; told once. */
    void contested(String what);

    /** Some findings are not told one by one, there are too many. */
    void moreFindings(int number);

    /** No application is left that can sign people in. */
    void emptied(int before);

    /** The directory cannot be read; told again only for another reason. */
    void unreachable(String reason);

    /** It could be read again. */
    void reachedAgain();

    /** The last snapshot is too old to be used any longer. */
    void givenUp();
}
