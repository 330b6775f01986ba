package io.kydai.ingest.simulator;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One client's session with one camera: the tracks that it set up, and then plays. */
final class Session implements Playback.ToClient {
  private final String id;
  private final PlayedCamera camera;
  private final String uri;
  private final ResponseWriter answers;
  private final PlaybackScheduler conductor;
  private final Random random;
  private final Channel channel;
  private final TreeMap<Integer, MediaSink> sinks = new TreeMap<>();
  private final Map<Integer, Player> players = new HashMap<>();
  private boolean playing;
  private boolean ended;

  Session(
      String id,
      PlayedCamera camera,
      String uri,
      Channel channel,
      ResponseWriter answers,
      PlaybackScheduler conductor,
      Random random) {
    this.id = id;
    this.camera = camera;
    this.uri = uri;
    this.channel = channel;
    this.answers = answers;
    this.conductor = conductor;
    this.random = random;
  }

  String id() {
    return id;
  }

  /** Whether it is a camera's session, and has not ended. */
  boolean isOf(PlayedCamera one) {
    return camera == one && !ended;
  }

  boolean isFree(int track) {
    return !ended && players.isEmpty() && !sinks.containsKey(track);
  }

  /** Whether the track is set up. */
  boolean has(int track) {
    return sinks.containsKey(track);
  }

  boolean isInterleaved() {
    return sinks.values().stream().anyMatch(MediaSink.Interleaved.class::isInstance);
  }

  /** Takes a track's way, which is the session's from then on; says whether it could. */
  boolean add(int track, MediaSink sink) {
    return isFree(track) && sinks.put(track, sink) == null;
  }

  /** Makes ready to play, once; the headers that say where it will begin. */
  String prepare(String base) {
    if (!players.isEmpty()) {
      return "";
    }
    Playback playback = new Playback(camera, channel, this);
    sinks.forEach(
        (track, sink) ->
            players.put(track, new Player(playback, camera.tracks().get(track), sink, random)));
    String info =
        sinks.keySet().stream()
            .map(
                track ->
                    requireNonNull(players.get(track)).rtpInfo(base + Description.control(track)))
            .collect(Collectors.joining(","));
    return "Range: npt=now-\r\nRTP-Info: " + info + "\r\n";
  }

  void play() {
    if (!playing) {
      playing = true;
      camera.counts().session();
      players.values().forEach(conductor::add);
    }
  }

  void hear(ClientMessage.Rtcp rtcp) {
    sinks.forEach(
        (track, sink) -> {
          if (sink.hears(rtcp.channel())) {
            hear(track, rtcp.bytes());
          }
        });
  }

  void hear(int track, byte[] rtcp) {
    RtcpFeedback feedback = RtcpFeedback.read(rtcp);
    camera.counts().heard(feedback);
    if (feedback.wantsKeyPicture()) {
      Optional.ofNullable(players.get(track)).ifPresent(Player::jumpToKey);
    }
  }

  @Override
  public void teardown() {
    answers.ask("TEARDOWN", uri, "Session: " + id + "\r\n", "");
    end();
  }

  @Override
  public void announce() {
    String headers = "Session: " + id + "\r\nContent-Type: application/sdp\r\n";
    answers.ask("ANNOUNCE", uri, headers, Description.of(camera));
  }

  @Override
  public void redirect(String to) {
    answers.ask("REDIRECT", uri, "Session: " + id + "\r\nLocation: " + to + "\r\n", "");
  }

  void end() {
    ended = true;
    players.values().forEach(conductor::remove);
    players.values().forEach(Player::stop);
    if (players.isEmpty()) {
      sinks.values().forEach(MediaSink::close);
    }
  }
}
