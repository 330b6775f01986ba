package io.kydai.console.evidence;

import io.kydai.analytics.rules.settings.RuleSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What held for a camera when an alert of it came in.
 *
 * @param at when this was so; later than the alert where the node was started in between
 * @param rule the rule with its parameters; null where the camera does not have it any more
 * @param clockOffsetSeconds the camera's clock minus this machine's, by the camera's sender
 *     reports; null where it sent none
 */
public record AlertContext(
    Instant at, @Nullable RuleSpec rule, @Nullable Double clockOffsetSeconds) {}
