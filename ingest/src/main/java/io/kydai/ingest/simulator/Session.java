package io.kydai.ingest.simulator;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.simulator.message.ClientMessage;
import io.kydai.ingest.simulator.message.ResponseWriter;
import io.kydai.ingest.simulator.transport.MediaSink;
import io.kydai.ingest.simulator.transport.RtcpFeedback;
import io.netty.channel.Channel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A client's session with a camera: its tracks, which are set up and then played. */
final class Session implements Playback.ClientRequests {
  private final String id;
  private final PlayedCamera camera;
  private final String uri;
  private final ResponseWriter responses;
  private final PlaybackScheduler scheduler;
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
      ResponseWriter responses,
      PlaybackScheduler scheduler,
      Random random) {
    this.id = id;
    this.camera = camera;
    this.uri = uri;
    this.channel = channel;
    this.responses = responses;
    this.scheduler = scheduler;
    this.random = random;
  }

  String id() {
    return id;
  }

  /** Returns whether this is a session of a camera and has not ended. */
  boolean isOf(PlayedCamera one) {
    return camera == one && !ended;
  }

  /** Returns whether a track can be set up. */
  boolean isFree(int track) {
    return !ended && players.isEmpty() && !sinks.containsKey(track);
  }

  /** Returns whether a track is set up. */
  boolean has(int track) {
    return sinks.containsKey(track);
  }

  /** Returns whether a track is sent over the RTSP connection. */
  boolean isInterleaved() {
    return sinks.values().stream().anyMatch(MediaSink.Interleaved.class::isInstance);
  }

  /**
   * Sets up a track with its sink, which the session owns from then on; returns false when the
   * track cannot be set up.
   */
  boolean add(int track, MediaSink sink) {
    return isFree(track) && sinks.put(track, sink) == null;
  }

  /**
   * Prepares the players at the first call; returns the header fields that give the starting point.
   */
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

  /** Starts to play at the first call. */
  void play() {
    if (!playing) {
      playing = true;
      camera.counts().session();
      players.values().forEach(scheduler::add);
    }
  }

  /** Processes an interleaved RTCP packet. */
  void onRtcp(ClientMessage.Rtcp rtcp) {
    sinks.forEach(
        (track, sink) -> {
          if (sink.isRtcpChannel(rtcp.channel())) {
            onRtcp(track, rtcp.bytes());
          }
        });
  }

  /** Processes an RTCP packet of a track. */
  void onRtcp(int track, byte[] rtcp) {
    RtcpFeedback feedback = RtcpFeedback.read(rtcp);
    camera.counts().received(feedback);
    if (feedback.requestsKeyPicture()) {
      Optional.ofNullable(players.get(track)).ifPresent(Player::jumpToKey);
    }
  }

  @Override
  public void teardown() {
    responses.request("TEARDOWN", uri, "Session: " + id + "\r\n", "");
    end();
  }

  @Override
  public void announce() {
    String headers = "Session: " + id + "\r\nContent-Type: application/sdp\r\n";
    responses.request("ANNOUNCE", uri, headers, Description.of(camera));
  }

  @Override
  public void redirect(String to) {
    responses.request("REDIRECT", uri, "Session: " + id + "\r\nLocation: " + to + "\r\n", "");
  }

  /** Stops all players and closes the sinks. */
  void end() {
    ended = true;
    players.values().forEach(scheduler::remove);
    players.values().forEach(Player::stop);
    if (players.isEmpty()) {
      sinks.values().forEach(MediaSink::close);
    }
  }
}
