package io.warren.contracts.registry;

/** Where the registry publishes its events. The routing key of an event is its type. */
public final class RegistryEvents {

    /** The topic exchange of all events in this package. */
    public static final String EXCHANGE = "registry.events";

    private RegistryEvents() {}
}
