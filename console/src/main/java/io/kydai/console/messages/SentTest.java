package io.kydai.console.messages;

/**
 * What became of a message that was sent at once.
 *
 * @param accepted whether the server took it
 * @param why the outcome as a text
 */
public record SentTest(boolean accepted, String why) {}
