package io.kydai.ingest.media;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A subscriber that keeps what it gets for the test to take. */
public final class CollectedUnits implements AccessUnitSubscriber {
  private final BlockingQueue<AccessUnit> units = new LinkedBlockingQueue<>();

  @Override
  public void onAccessUnit(AccessUnit unit) {
    units.add(unit);
  }

  /** The next units, waited for half a minute each. */
  public List<AccessUnit> take(int count) throws InterruptedException {
    List<AccessUnit> taken = new ArrayList<>();
    while (taken.size() < count) {
      AccessUnit unit = units.poll(30, TimeUnit.SECONDS);
      if (unit == null) {
        throw new AssertionError("only " + taken.size() + " of " + count + " access units came");
      }
      taken.add(unit);
    }
    return taken;
  }
}
