package io.kydai.console.users;

import io.kydai.console.audit.Actor;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A caller who may do everything, which is not looked up anywhere. */
public final class OpenCaller extends Caller {
  public static final Caller ANYBODY = new OpenCaller();
  private static final List<Reach> EVERYTHING = List.of(new Reach(null, null, null));

  private OpenCaller() {
    super(
        new Actor(Actor.Kind.ACCOUNT, "01ANYBODY", "anybody"),
        null,
        null,
        null,
        List::of,
        () -> true,
        account -> true);
  }

  @Override
  public boolean may(Permission permission) {
    return true;
  }

  @Override
  public boolean may(Permission permission, CameraPlace camera) {
    return true;
  }

  @Override
  public boolean may(
      Permission permission, CameraPlace camera, Instant at, @Nullable String agency) {
    return true;
  }

  @Override
  public Optional<Instant> since(Permission permission, CameraPlace camera) {
    return Optional.of(Instant.EPOCH);
  }

  @Override
  public Optional<Instant> since(Permission permission) {
    return Optional.of(Instant.EPOCH);
  }

  @Override
  public List<Reach> reach(Permission permission, Collection<CameraPlace> cameras) {
    return EVERYTHING;
  }

  @Override
  public Set<Permission> permissions() {
    return EnumSet.allOf(Permission.class);
  }
}
