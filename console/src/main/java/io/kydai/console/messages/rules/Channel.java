package io.kydai.console.messages.rules;

/** How a message travels to a person. */
public enum Channel {
  /** An e-mail to the address that the person confirmed. */
  EMAIL,
  /** Web Push (RFC 8030) to each browser that the person subscribed. */
  PUSH
}
