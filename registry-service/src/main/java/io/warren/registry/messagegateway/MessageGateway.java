package io.warren.registry.messagegateway;

/** Where a channel leads, ready to be used. */
public interface MessageGateway {

    /** Hands over a message, which may take some seconds; several may be under way. */
    Handover send(WakeUpMessage message) throws InterruptedException;

    /** How many messages it takes in a second at the most. */
    int messagesPerSecond();

    /** {@code webhook} or {@code smpp}. */
    String kind();
}
