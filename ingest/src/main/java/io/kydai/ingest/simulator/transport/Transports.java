package io.kydai.ingest.simulator.transport;

import io.kydai.ingest.simulator.message.TransportRequest;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** Opens the transports of tracks. */
public final class Transports {
  private final PortPairs ports = new PortPairs();

  /**
   * An open transport.
   *
   * @param sink sends the track's packets; the caller owns it
   * @param header the value of the {@code Transport} header field of the response
   */
  public record OpenTransport(MediaSink sink, String header) {}

  /**
   * Opens the requested transport. The future fails when no pair of UDP ports was free.
   *
   * @param receiver receives each RTCP packet that arrives over UDP from the client's address
   */
  public Future<OpenTransport> open(
      Channel client, TransportRequest wanted, Consumer<byte[]> receiver) {
    int first = wanted.first();
    int second = wanted.second();
    if (wanted.interleaved()) {
      String header = "RTP/AVP/TCP;unicast;interleaved=" + first + "-" + second;
      MediaSink sink = new MediaSink.Interleaved(client, first, second);
      return client.eventLoop().newSucceededFuture(new OpenTransport(sink, header));
    }
    Promise<OpenTransport> promise = client.eventLoop().newPromise();
    InetSocketAddress there = (InetSocketAddress) client.remoteAddress();
    InetSocketAddress here = (InetSocketAddress) client.localAddress();
    ports
        .open(client.eventLoop(), here.getAddress(), packet -> receive(there, packet, receiver))
        .addListener(
            opened -> {
              if (!opened.isSuccess()) {
                promise.setFailure(opened.cause());
                return;
              }
              PortPairs.Pair pair = (PortPairs.Pair) opened.getNow();
              MediaSink sink =
                  new MediaSink.Datagrams(
                      pair.rtp(),
                      pair.rtcp(),
                      new InetSocketAddress(there.getAddress(), first),
                      new InetSocketAddress(there.getAddress(), second));
              String ports = first + "-" + second + ";server_port=";
              String own = pair.port() + "-" + (pair.port() + 1);
              promise.setSuccess(
                  new OpenTransport(sink, "RTP/AVP;unicast;client_port=" + ports + own));
            });
    return promise;
  }

  private static void receive(
      InetSocketAddress client, DatagramPacket packet, Consumer<byte[]> receiver) {
    if (packet.sender().getAddress().equals(client.getAddress())) {
      byte[] bytes = new byte[packet.content().readableBytes()];
      packet.content().readBytes(bytes);
      receiver.accept(bytes);
    }
  }
}
