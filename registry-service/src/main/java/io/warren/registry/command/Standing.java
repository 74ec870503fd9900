package io.warren.registry.command;

import io.warren.contracts.device.DeviceAddress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How a command stands, as far as an answer or its time can change that.
 *
 * @param batch the job that gave it, if one did
 * @param progress percent, as far as the device has told
 * @param result what the last answer gave as the result
 * @param error what the last answer gave as the error
 */
record Standing(
        UUID id,
        DeviceAddress address,
        String name,
        @Nullable UUID batch,
        CommandState state,
        @Nullable Integer progress,
        @Nullable JsonNode result,
        @Nullable JsonNode error) {

    /**
     * Whether an answer brings the command further. One that comes after the end, that is overtaken by a later one, or that falls
     * back in progress, does not.
     */
    boolean isAdvancedBy(CommandAnswer answer) {
        int step = answer.status().state().compareTo(state);
        return !state.isFinal() && (step > 0 || (step == 0 && !fallsBack(answer)));
    }

    private boolean fallsBack(CommandAnswer answer) {
        return progress != null && answer.progress() != null && answer.progress() < progress;
    }

    /** How it stands after an answer that brings it further. */
    Standing advancedBy(CommandAnswer answer) {
        boolean keepsProgress = answer.progress() == null || fallsBack(answer);
        return new Standing(
                id,
                address,
                name,
                batch,
                answer.status().state(),
                keepsProgress ? progress : answer.progress(),
                answer.result(),
                answer.error());
    }

    /** How it stands when something else than an answer has moved it. */
    Standing in(CommandState next) {
        return new Standing(id, address, name, batch, next, progress, result, error);
    }
}
