package io.warren.endtoend;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the platform for the first test that wants it, and ends it after the last. */
class PlatformExtension implements ParameterResolver {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Namespace NAMESPACE = Namespace.create(PlatformExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Platform.class;
    }

    @Override
    public Platform resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Start.class, _ -> new Start(), Start.class)
                .platform();
    }

    /** The one attempt to start it: when it failed, every further test fails at once, and it is ended all the same. */
    private static final class Start implements AutoCloseable {

        private final Script script = new Script(Platform.INSTANCE);
        private final Thread undertaker = new Thread(this::end, "undertaker");
        private @Nullable Platform platform;
        private @Nullable RuntimeException failure;

        Start() {
            // A machine that does other work as well is slow, but not wrong.
            Awaitility.setDefaultTimeout(PATIENCE);
            Runtime.getRuntime().addShutdownHook(undertaker);
            try {
                platform = Platform.start(script);
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        Platform platform() {
            if (platform == null) {
                throw new IllegalStateException("The platform did not start", failure);
            }
            return platform;
        }

        @Override
        public void close() {
            Runtime.getRuntime().removeShutdownHook(undertaker);
            end();
        }

        private void end() {
            script.keepLogs();
            if (!Boolean.getBoolean("warren.keep")) {
                script.run("down", "--purge");
            }
        }
    }
}
