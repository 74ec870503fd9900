package io.warren.provisioning.source;

import io.warren.platform.clientcertificate.ClientCertFields;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.provisioning.attestation.Source;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives controllers the {@link Source} of a request. The gateway drops what callers say of themselves and writes these fields
 * anew, and no caller gets here without the gateway's token; so they are believed.
 */
class SourceArgumentResolver implements HandlerMethodArgumentResolver {

    private static final Pattern FOR = Pattern.compile("for=(?:\"\\[([0-9A-Fa-f:.]{2,45})]\"|([0-9.]{7,15}))");

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(Source.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest http = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
        return new Source(address(http.getHeader("Forwarded")), certificates(http));
    }

    private static List<X509Certificate> certificates(HttpServletRequest request) {
        try {
            return ClientCertFields.read(
                    Collections.list(request.getHeaders(ClientCertFields.CERTIFICATE)),
                    Collections.list(request.getHeaders(ClientCertFields.CHAIN)));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemKind.MALFORMED, "The client certificate cannot be read: " + e.getMessage() + ".");
        }
    }

    private static @Nullable String address(@Nullable String forwarded) {
        Matcher said = FOR.matcher(forwarded == null ? "" : forwarded);
        if (!said.matches()) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(said.group(1) == null ? said.group(2) : said.group(1))
                    .getHostAddress();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
