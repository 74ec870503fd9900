package io.warren.firmware.release;

import io.warren.firmware.artifact.ArtifactFile;
import java.util.List;

/**
 * What a deployment needs to know of a release.
 *
 * @param id its id in the tenant
 * @param name what is released
 * @param version which version of it
 * @param artifacts its artifacts, in the order in which devices get them
 */
public record DeployableRelease(String id, String name, String version, List<ArtifactFile> artifacts) {}
