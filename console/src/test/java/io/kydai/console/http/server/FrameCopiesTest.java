package io.kydai.console.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameCopiesTest {
  @Test
  void aFrameForManySocketsIsCopiedOnceAndGoneWithTheLastOfThem() {
    ByteBuffer frame = StandardCharsets.US_ASCII.encode("a picture").asReadOnlyBuffer();
    ByteBuffer other = StandardCharsets.US_ASCII.encode("a picture").asReadOnlyBuffer();
    ByteBuf one;
    ByteBuf two;
    ByteBuf apart;
    try (FrameCopies copies = new FrameCopies()) {
      one = copies.of(frame, PooledByteBufAllocator.DEFAULT);
      two = copies.of(frame, PooledByteBufAllocator.DEFAULT);
      apart = copies.of(other, PooledByteBufAllocator.DEFAULT);
    }
    assertThat(frame.position()).isZero();
    assertThat(one.isDirect()).as("the network takes it without another copy").isTrue();
    assertThat(two.nioBuffer()).isEqualTo(frame);
    assertThat(one.memoryAddress())
        .isEqualTo(two.memoryAddress())
        .isNotEqualTo(apart.memoryAddress());

    // A socket that has written its frame moves nothing of the other's.
    one.skipBytes(one.readableBytes());
    one.release();
    assertThat(two.toString(StandardCharsets.US_ASCII)).isEqualTo("a picture");
    two.release();
    apart.release();
    assertThat(one.refCnt()).isZero();
    assertThat(apart.refCnt()).isZero();
  }
}
