package io.warren.registry;

import io.warren.contracts.registry.SignInQuestion;
import io.warren.platform.security.AccessRules;
import io.warren.platform.security.Role;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/** Who may do what with tenants, device types, devices, credentials, states and commands. */
@Component
class RegistryAccess implements AccessRules {

    private static final String DEVICES = "/api/v1/devices";
    private static final String DEVICE = "/api/v1/devices/*";
    private static final String DEVICE_TYPE = "/api/v1/device-types/*";
    private static final String GROUP = "/api/v1/groups/*";
    private static final String CONFIGURATION = "/api/v1/configurations/*";
    private static final String BELOW_DEVICE = "/api/v1/devices/*/**";

    @Override
    public void state(Rules rules) {
        // The broker cannot mint a token. The gateway never routes here, so only the platform's network reaches it.
        rules.allowWithoutToken(HttpMethod.POST, "/broker/user", "/broker/vhost", "/broker/resource", "/broker/topic");
        rules.allow(HttpMethod.POST, Role.GATEWAY, SignInQuestion.PATH);
        rules.allow(HttpMethod.GET, Role.DEVICE, "/device/v1/identity", "/device/v1/state", "/device/v1/commands");
        rules.allow(HttpMethod.PATCH, Role.DEVICE, "/device/v1/state/reported");
        rules.allow(HttpMethod.POST, Role.DEVICE, "/device/v1/commands/*");
        rules.allow(HttpMethod.PUT, Role.DEVICE, "/device/v1/diagnostics/*");
        for (HttpMethod method : new HttpMethod[] {HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE}) {
            rules.allow(method, Role.PLATFORM_ADMIN, "/api/v1/tenants", "/api/v1/tenants/*");
        }
        rules.allow(HttpMethod.GET, Role.VIEWER, "/api/v1/device-types", DEVICE_TYPE);
        rules.allow(HttpMethod.PUT, Role.INTEGRATOR, DEVICE_TYPE);
        rules.allow(HttpMethod.PATCH, Role.INTEGRATOR, DEVICE_TYPE);
        rules.allow(HttpMethod.DELETE, Role.INTEGRATOR, DEVICE_TYPE);
        rules.allow(HttpMethod.GET, Role.VIEWER, "/api/v1/groups", GROUP, "/api/v1/groups/*/members");
        rules.allow(HttpMethod.PUT, Role.INTEGRATOR, GROUP);
        rules.allow(HttpMethod.PATCH, Role.INTEGRATOR, GROUP);
        rules.allow(HttpMethod.DELETE, Role.INTEGRATOR, GROUP);
        rules.allow(HttpMethod.POST, Role.INTEGRATOR, GROUP);
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE)) {
            rules.allow(method, Role.INTEGRATOR, "/api/v1/wake-up-channels", "/api/v1/wake-up-channels/*");
        }
        rules.allow(HttpMethod.POST, Role.OPERATOR, "/api/v1/devices/*:wake");
        rules.allow(HttpMethod.POST, Role.OPERATOR, "/api/v1/devices/*/commands", "/api/v1/devices/*/commands/*");
        rules.allow(HttpMethod.POST, Role.OPERATOR, "/api/v1/devices/*/diagnostics");
        rules.allow(HttpMethod.GET, Role.OPERATOR, "/api/v1/devices/*/diagnostics/*/content");
        rules.allow(HttpMethod.DELETE, Role.OPERATOR, "/api/v1/devices/*/diagnostics/*");
        rules.allow(HttpMethod.PATCH, Role.OPERATOR, "/api/v1/devices/*/state/desired");
        rules.allow(HttpMethod.PUT, Role.OPERATOR, "/api/v1/devices/*/state/desired");
        rules.allow(HttpMethod.GET, Role.VIEWER, "/api/v1/configurations", CONFIGURATION);
        rules.allow(HttpMethod.POST, Role.VIEWER, "/api/v1/configurations:preview");
        rules.allow(HttpMethod.PUT, Role.INTEGRATOR, CONFIGURATION);
        rules.allow(HttpMethod.PATCH, Role.INTEGRATOR, CONFIGURATION);
        rules.allow(HttpMethod.DELETE, Role.INTEGRATOR, CONFIGURATION);
        rules.allow(HttpMethod.POST, Role.OPERATOR, CONFIGURATION);
        rules.allow(HttpMethod.GET, Role.VIEWER, "/api/v1/usage");
        rules.allow(HttpMethod.POST, Role.OPERATOR, "/api/v1/commands:batch", "/api/v1/jobs/*");
        rules.allow(HttpMethod.GET, Role.VIEWER, DEVICES, DEVICE, BELOW_DEVICE);
        rules.allow(HttpMethod.POST, Role.VIEWER, "/api/v1/devices:query");
        rules.allow(HttpMethod.GET, Role.VIEWER, "/api/v1/commands", "/api/v1/jobs", "/api/v1/jobs/*");
        rules.allow(HttpMethod.POST, Role.INTEGRATOR, "/api/v1/devices:update");
        rules.allow(HttpMethod.PUT, Role.INTEGRATOR, DEVICE);
        rules.allow(HttpMethod.POST, Role.INTEGRATOR, "/api/v1/devices:import");
        rules.allow(HttpMethod.GET, Role.VIEWER, "/api/v1/devices:export");
        rules.allow(HttpMethod.PATCH, Role.INTEGRATOR, DEVICE);
        rules.allow(HttpMethod.DELETE, Role.INTEGRATOR, DEVICE, "/api/v1/devices/*/credentials/*");
        rules.allow(HttpMethod.POST, Role.INTEGRATOR, "/api/v1/devices/*/credentials");
    }
}
