package io.kydai.streaming.live.hls;

import io.kydai.ingest.media.MediaTime;
import io.kydai.streaming.live.event.Fragment;
import io.kydai.streaming.live.event.LiveEvent;
import io.kydai.streaming.live.event.LiveSubscriber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A camera's live stream as playlists and media, of which a player may ask for what comes next.
 * Safe for many threads; no method waits.
 *
 * <p>Bounds: what {@link SegmentWindow} keeps, the pictures of at most {@value #FIRST_MILLIS} ms
 * (or {@value #FIRST_PICTURES}) before the duration of parts is known, and {@value #MOST_WAITING}
 * questions that wait; the next one's future is empty at once.
 */
public final class HlsStream implements LiveSubscriber {
  static final int FIRST_MILLIS = 1_000;
  static final int FIRST_PICTURES = 64;
  static final int MOST_WAITING = 1_024;

  private static final long FIRST = MediaTime.ticksOfMillis(FIRST_MILLIS);

  private final MediaNames names;
  private final SegmentWindow window;
  private final List<Waiting<?>> waiting = new ArrayList<>();
  private final List<Fragment> first = new ArrayList<>();
  private @Nullable InitialisationMap map;
  private @Nullable PartTarget target;
  private @Nullable SegmentCutter cutter;
  private @Nullable PlaylistTexts now;
  private long shownRevision = -1;
  private boolean shownHint;
  private boolean unplayable;
  private boolean ended;

  /**
   * @param firstSequence the first segment's media sequence number, larger than any of an earlier
   *     stream of the camera
   */
  HlsStream(long firstSequence) {
    names = new MediaNames(firstSequence);
    window = new SegmentWindow(firstSequence);
  }

  /** A question that waits for the stream to go on. */
  private final class Waiting<T> {
    final CompletableFuture<Optional<T>> future = new CompletableFuture<>();
    final Question<T> question;

    Waiting(Question<T> question) {
      this.question = question;
    }

    /** Looks for the answer, under the stream's lock; returns what gives it, outside of that. */
    @Nullable Runnable answer() {
      if (unplayable) {
        return () -> future.completeExceptionally(new UnplayableCodecException());
      }
      Optional<T> found = question.ask(now);
      if (found.isEmpty() && !ended && !question.isVain(now)) {
        return null;
      }
      return () -> future.complete(found);
    }
  }

  /** A question, asked under the stream's lock. */
  private interface Question<T> {
    /**
     * @param texts null while nothing was published
     */
    Optional<T> ask(@Nullable PlaylistTexts texts);

    /** Whether the answer will never be there. */
    default boolean isVain(@Nullable PlaylistTexts texts) {
      return false;
    }
  }

  /**
   * The media playlist, as soon as it has what is wanted.
   *
   * @param skip whether it may be what has changed only
   * @param from when the viewer's right to the pictures began
   * @return cancelling it ends the waiting; it is empty when the stream has ended without a
   *     picture, or too many wait, and fails with {@link UnplayableCodecException}
   * @throws TooFarAheadException when no player can want that yet
   */
  public CompletableFuture<Optional<String>> playlist(Reload wanted, boolean skip, Instant from)
      throws TooFarAheadException {
    synchronized (this) {
      PlaylistTexts texts = now;
      if (texts != null && wanted.isTooFar(texts.window(), window.nextSequence())) {
        throw new TooFarAheadException();
      }
    }
    return ask(
        texts -> {
          if (texts == null || !wanted.isIn(texts.window())) {
            return Optional.empty();
          }
          LiveWindow seen = texts.window().from(from);
          return seen.isEmpty() ? Optional.empty() : Optional.of(texts.of(seen, skip));
        });
  }

  /**
   * The multivariant playlist, as soon as there is a picture.
   *
   * @param address of the media playlist, relative to it
   * @return as of {@link #playlist}
   */
  public CompletableFuture<Optional<String>> variants(String address) {
    return ask(
        texts ->
            texts == null || texts.window().isEmpty()
                ? Optional.empty()
                : Optional.of(VariantPlaylist.of(texts.window(), address)));
  }

  /**
   * What a playlist names.
   *
   * @param name as in the playlist, without {@code media/}
   * @param from when the viewer's right to the pictures began
   * @return empty when there is no such thing, or not any more; it waits for the part that the
   *     playlist hints at
   */
  public CompletableFuture<Optional<MediaBytes>> media(String name, Instant from) {
    Optional<MediaNames.Named> named = names.read(name);
    if (named.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    long number = named.get().number();
    return switch (named.get().kind()) {
      case INIT -> found(() -> window.map(number).map(InitialisationMap::media));
      case SEGMENT ->
          found(
              () ->
                  window
                      .segment(number)
                      .filter(segment -> !segment.wallClock().isBefore(from))
                      .map(HlsSegment::media));
      case PART ->
          ask(
              new Question<>() {
                @Override
                public Optional<MediaBytes> ask(@Nullable PlaylistTexts texts) {
                  return part(number, from);
                }

                @Override
                public boolean isVain(@Nullable PlaylistTexts texts) {
                  return texts == null || texts.window().hinted() != number;
                }
              });
    };
  }

  private synchronized <T> CompletableFuture<Optional<T>> found(Supplier<Optional<T>> what) {
    return CompletableFuture.completedFuture(what.get());
  }

  private Optional<MediaBytes> part(long number, Instant from) {
    return window
        .withPart(number)
        .filter(segment -> !segment.wallClock().isBefore(from))
        .map(segment -> segment.parts().get((int) (number - segment.parts().get(0).number())))
        .map(HlsPart::media);
  }

  private <T> CompletableFuture<Optional<T>> ask(Question<T> question) {
    Waiting<T> one = new Waiting<>(question);
    Runnable answer;
    synchronized (this) {
      answer = one.answer();
      if (answer == null && waiting.size() < MOST_WAITING) {
        waiting.add(one);
      } else if (answer == null) {
        answer = () -> one.future.complete(Optional.empty());
      }
    }
    if (answer != null) {
      answer.run();
    } else {
      one.future.whenComplete((done, failed) -> forget(one));
    }
    return one.future;
  }

  private synchronized void forget(Waiting<?> one) {
    waiting.remove(one);
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public void onEvent(LiveEvent event) {
    List<Runnable> answers = new ArrayList<>();
    synchronized (this) {
      take(event);
      if (publish()) {
        answers(answers);
      }
    }
    answers.forEach(Runnable::run);
  }

  private void take(LiveEvent event) {
    if (event instanceof Fragment fragment) {
      add(fragment);
    } else if (event instanceof LiveEvent.Gap) {
      interrupt();
    } else if (event instanceof LiveEvent.Initialisation initialisation) {
      turn(initialisation);
    } else if (event instanceof LiveEvent.End) {
      interrupt();
      window.end();
      ended = true;
    }
  }

  private void interrupt() {
    first.clear();
    if (cutter != null) {
      cutter.interrupt();
    }
  }

  private void turn(LiveEvent.Initialisation initialisation) {
    unplayable = initialisation.parameters().mediaSourceName().isEmpty();
    first.clear();
    InitialisationMap next =
        new InitialisationMap(
            map == null ? 0 : map.number() + 1,
            initialisation.parameters(),
            new MediaBytes(List.of(initialisation.segment())));
    map = next;
    if (cutter != null) {
      cutter.turn(next);
    }
  }

  private void add(Fragment fragment) {
    InitialisationMap current = map;
    if (unplayable || current == null) {
      return;
    }
    if (cutter != null) {
      cutter.add(fragment);
      return;
    }
    first.add(fragment);
    boolean enough =
        fragment.time() - first.get(0).time() >= FIRST || first.size() >= FIRST_PICTURES;
    if (enough) {
      PartTarget chosen = PartTarget.of(steps());
      SegmentCutter made = new SegmentCutter(window, chosen);
      made.turn(current);
      first.forEach(made::add);
      first.clear();
      target = chosen;
      cutter = made;
    }
  }

  private long[] steps() {
    long[] steps = new long[first.size() - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = first.get(i + 1).time() - first.get(i).time();
    }
    return steps;
  }

  /** Returns whether there may be an answer that was not there before. */
  private boolean publish() {
    PartTarget known = target;
    SegmentCutter cutting = cutter;
    if (known == null || cutting == null) {
      return unplayable || ended;
    }
    boolean hint = cutting.expectsPart();
    if (window.revision() == shownRevision && hint == shownHint) {
      return unplayable;
    }
    shownRevision = window.revision();
    shownHint = hint;
    LiveWindow next = window.now(known, hint);
    if (!next.isEmpty()) {
      now = new PlaylistTexts(next, names);
    }
    return true;
  }

  private void answers(List<Runnable> answers) {
    Iterator<Waiting<?>> all = waiting.iterator();
    while (all.hasNext()) {
      Runnable answer = all.next().answer();
      if (answer != null) {
        answers.add(answer);
        all.remove();
      }
    }
  }

  /** The bytes of media that are kept. */
  synchronized long bytes() {
    return window.bytes();
  }

  synchronized boolean hasEnded() {
    return ended;
  }
}
