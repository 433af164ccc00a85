package io.github.multiclientauth.testbed.e2e;

import io.vertx.core.Future;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.net.URI;

/** A proxy is asked for the whole address (RFC 9112, section 3.2.2), a web server for its path. */
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
