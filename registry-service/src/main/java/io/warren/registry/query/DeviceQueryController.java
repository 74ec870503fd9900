package io.warren.registry.query;

import io.warren.platform.security.Caller;
import io.warren.platform.web.Page;
import jakarta.validation.Valid;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Questions about all devices over REST. */
@RestController
class DeviceQueryController {

    private final DeviceQueries queries;

    DeviceQueryController(DeviceQueries queries) {
        this.queries = queries;
    }

    @GetMapping("/api/v1/devices")
    Page<Map<String, Object>> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String filter,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable List<String> fields,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return queries.page(caller.requireTenant(), new DeviceQuestion(filter, sort, fields, limit, cursor, null));
    }

    @PostMapping("/api/v1/devices:query")
    Object query(Caller caller, @RequestBody @Valid DeviceQuestion question) {
        String groupBy = question.groupBy();
        return groupBy == null
                ? queries.page(caller.requireTenant(), question)
                : queries.groups(caller.requireTenant(), question, groupBy);
    }
}
