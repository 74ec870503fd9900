package io.warren.registry.command;

import java.util.UUID;

/**
 * A command is further than before: said inside the transaction that brings it there.
 *
 * @param id the command
 */
record CommandChanged(UUID id) {}
