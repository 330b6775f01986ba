package io.kydai.console.discovery;

import io.kydai.ingest.onvif.OnvifException;
import io.kydai.ingest.onvif.OnvifException.Kind;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one camera refused of that which it was asked for. A refused operation costs only what it
 * would have told: many cameras fault what they keep for administrators as they fault a wrong
 * password, {@code ter:NotAuthorized}. Only where nothing was granted, the log-in itself was
 * refused. One thread.
 */
final class Refusals {
  private @Nullable OnvifException ofLogIn;
  private boolean granted;

  /**
   * @return empty when the camera answers, but not with that
   * @throws OnvifException when it does not answer at all
   */
  <T> Optional<T> unlessRefused(CompletableFuture<T> operation) throws OnvifException {
    try {
      Optional<T> told = Optional.of(OnvifCameras.await(operation));
      granted = true;
      return told;
    } catch (OnvifException e) {
      if (!e.isRefusal()) {
        throw e;
      }
      if (ofLogIn == null && e.kind() == Kind.LOGIN_REFUSED) {
        ofLogIn = e;
      }
      return Optional.empty();
    }
  }

  /**
   * @throws OnvifException the refusal of the log-in, when there was one and nothing was granted
   */
  void throwIfAllWereOfTheLogIn() throws OnvifException {
    if (!granted && ofLogIn != null) {
      throw ofLogIn;
    }
  }
}
