package io.warren.provisioning.claimsheet;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What stands on sheets of claim tokens.
 *
 * @param publicUrl the gateway's address as devices see it
 */
@Validated
@ConfigurationProperties("warren.claim-sheet")
record ClaimSheetProperties(@NotNull URI publicUrl) {}
