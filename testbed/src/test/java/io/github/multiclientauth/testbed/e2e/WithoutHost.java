package io.github.multiclientauth.testbed.e2e;

import io.vertx.core.Future;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.net.URI;

/** Turns the full address of a request to a proxy (RFC 9112, section 3.2.2) into the path that a web server expects. */
final class WithoutHost implements ProxyInterceptor {

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        ProxyRequest request = context.request();
        URI address = URI.create(request.getURI());
        request.setURI(address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery()));
        request.setAuthority(request.proxiedRequest().authority());
        return context.sendRequest();
    }
}
