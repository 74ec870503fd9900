package io.warren.testing.backing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a Spring test a new database and a token issuer, and on request a new virtual host with the platform's topology. They
 * live as long as the test's application context. The servers are those that {@code ./warren backing up} starts.
 */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Backed {

    /** Which virtual host the test's service connects to. */
    Broker broker() default Broker.NONE;

    /** The choice of virtual host. */
    enum Broker {
        /** No broker: nothing connects and nothing listens. */
        NONE,
        /** A new virtual host of the test's own, with all queues and exchanges; MQTT does not reach it. */
        OWN_VHOST,
        /** The default one, which MQTT clients land in and where connection events arrive; tests of one module share it. */
        DEFAULT_VHOST
    }
}
