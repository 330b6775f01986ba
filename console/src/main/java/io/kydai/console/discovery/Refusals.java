package io.kydai.console.discovery;

import io.kydai.ingest.onvif.soap.OnvifException;
import io.kydai.ingest.onvif.soap.OnvifException.Kind;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Collects the operations that a camera refused. A refused operation is treated as an absent
 * result, because many cameras answer {@code ter:NotAuthorized} not only to a wrong password, but
 * also to operations that are reserved for administrators. The log-in counts as refused only when
 * no operation was granted. An instance is used by one thread.
 */
final class Refusals {
  private @Nullable OnvifException loginRefusal;
  private boolean granted;

  /**
   * Waits for an operation.
   *
   * @return the result; empty when the camera refused the operation
   * @throws OnvifException when the camera does not respond
   */
  <T> Optional<T> unlessRefused(CompletableFuture<T> operation) throws OnvifException {
    try {
      Optional<T> result = Optional.of(OnvifCameras.await(operation));
      granted = true;
      return result;
    } catch (OnvifException e) {
      if (!e.isRefusal()) {
        throw e;
      }
      if (loginRefusal == null && e.kind() == Kind.LOGIN_REFUSED) {
        loginRefusal = e;
      }
      return Optional.empty();
    }
  }

  /**
   * Throws an exception if the log-in was refused.
   *
   * @throws OnvifException the refusal, when there was one and no operation was granted
   */
  void throwIfLoginRefused() throws OnvifException {
    if (!granted && loginRefusal != null) {
      throw loginRefusal;
    }
  }
}
