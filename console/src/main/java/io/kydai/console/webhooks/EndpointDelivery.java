package io.kydai.console.webhooks;

import io.kydai.console.outbox.DestinationDelivery;

/** An endpoint and the delivery to it. */
record EndpointDelivery(WebhookEndpoint endpoint, DestinationDelivery delivery) {}
