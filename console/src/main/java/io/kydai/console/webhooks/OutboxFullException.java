package io.kydai.console.webhooks;

/** More events would wait for an endpoint than may. */
public final class OutboxFullException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OutboxFullException(int waiting, int more, int bound) {
    super(
        "%d events wait for the endpoint, and at most %d may: there is no room for %d more."
            .formatted(waiting, bound, more));
  }
}
