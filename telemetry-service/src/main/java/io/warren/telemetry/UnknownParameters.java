package io.warren.telemetry;

import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.problem.Violation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses parameters that a resource does not know. To ignore {@code bucket} or a misspelt {@code form} would be to answer another
 * question than the one that was asked.
 */
@Component
class UnknownParameters implements HandlerInterceptor, WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            Set<String> known = Arrays.stream(method.getMethodParameters())
                    .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                    .map(parameter -> parameter.getParameter().getName())
                    .collect(Collectors.toSet());
            List<Violation> violations = request.getParameterMap().entrySet().stream()
                    .filter(given -> !known.contains(given.getKey()) || given.getValue().length > 1)
                    .map(given -> new Violation(
                            given.getKey(),
                            known.contains(given.getKey()) ? "is given more than once" : "is not known here"))
                    .toList();
            if (!violations.isEmpty()) {
                throw new ProblemException(
                        ProblemKind.INVALID, "Some parameters are not allowed to be as they are.", violations);
            }
        }
        return true;
    }
}
