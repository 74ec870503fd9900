package io.warren.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What {@code ./warren status --json} says of an instance's processes. */
record Processes(List<Status> all) {

    static Processes of(JsonNode status) {
        return new Processes(status.valueStream().map(Status::of).toList());
    }

    List<String> names() {
        return all.stream().map(Status::name).toList();
    }

    List<String> states() {
        return all.stream().map(Status::state).distinct().toList();
    }

    Status get(String name) {
        return all.stream()
                .filter(process -> process.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no process " + name));
    }

    /** The names of the processes that are not the same in a later look. */
    List<String> replacedIn(Processes later) {
        return names().stream()
                .filter(name -> get(name).pid() != later.get(name).pid())
                .toList();
    }

    /** Ends a process without asking: SIGKILL. */
    void kill(String name) {
        assertThat(ProcessHandle.of(get(name).pid()).orElseThrow().destroyForcibly())
                .as("%s is killed", name)
                .isTrue();
    }

    /**
     * One process.
     *
     * @param pid 0 when there is no process
     */
    record Status(String name, long pid, int port, String state) {

        private static Status of(JsonNode node) {
            return new Status(
                    node.get("name").stringValue(),
                    node.get("pid").asLong(0),
                    node.get("port").intValue(),
                    node.get("state").stringValue());
        }
    }
}
