'use strict';
// Computes published indexes; an index published while the worker is down is lost.
const { createClient } = require('redis');

const [values, insert] = [`${process.env.PGDATABASE}:values`, `${process.env.PGDATABASE}:insert`];

function term(index) {
    let [current, next] = [0n, 1n];
    for (let i = 0; i < index; i++) {
        [current, next] = [next, current + next];
    }
    return current.toString();
}

async function start() {
    const store = createClient({ url: process.env.REDIS_URL });
    await store.connect();
    const subscription = store.duplicate();
    await subscription.connect();
    await subscription.subscribe(insert, (index) => store.hSet(values, index, term(Number.parseInt(index, 10))));
}

start();
