package io.github.multiclientauth.facade.web;

import io.vertx.core.http.HttpServerRequest;

/** A path beside the contract: no application is recognised for it, and its answers have their own form. */
interface ExtraRoute {

    String path();

    /** Whether this is a request that the route answers. Others get the answer for a path that does not exist. */
    boolean serves(HttpServerRequest request, Target target);

    void answer(HttpServerRequest request);
}
