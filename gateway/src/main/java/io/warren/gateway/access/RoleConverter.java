package io.warren.gateway.access;

import io.warren.platform.security.Role;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Keeps roles under the names that the REST API gives them. */
@Converter(autoApply = true)
class RoleConverter implements AttributeConverter<Role, String> {

    @Override
    public String convertToDatabaseColumn(Role role) {
        return role.wireName();
    }

    @Override
    public Role convertToEntityAttribute(String name) {
        return Role.fromWireName(name).orElseThrow(() -> new IllegalStateException("No role is called " + name));
    }
}
