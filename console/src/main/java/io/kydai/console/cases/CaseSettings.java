package io.kydai.console.cases;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where cases are kept, and how many.
 *
 * @param folder of the archives, which is made with the first
 * @param mostBytes of all archives together; a case that has no room fails by name
 * @param leastFree bytes that stay free on the disk; a case that would need them fails by name
 * @param keep how long an archive is kept
 */
public record CaseSettings(Path folder, long mostBytes, long leastFree, Duration keep) {}
