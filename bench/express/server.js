'use strict';
// The same routes in a simple Express application: one process, one pool, a response before the submission is stored.
// PROCESSES=2 and PREPARED=true make the second baseline: a cluster of two processes that uses prepared statements.
const cluster = require('node:cluster');
const express = require('express');
const cors = require('cors');
const { Pool } = require('pg');
const { createClient } = require('redis');

const maximum = Number(process.env.MAXIMUM_INDEX ?? 10_000_000);
const pool = new Pool(); // PGHOST, PGPORT, PGUSER, PGDATABASE
const redis = createClient({ url: process.env.REDIS_URL });
// Both baselines share one Redis.
const [values, insert] = [`${process.env.PGDATABASE}:values`, `${process.env.PGDATABASE}:insert`];
const processes = Number(process.env.PROCESSES ?? 1);
const statement = (name, text, parameters) => ({ name: process.env.PREPARED ? name : undefined, text, values: parameters });
pool.on('error', (error) => console.error(error.message));
redis.on('error', (error) => console.error(error.message));

const app = express();
app.use(cors());
app.use(express.json());

app.get('/', (request, response) => response.send('Hi'));

app.get('/values/all', async (request, response) => {
    const stored = await pool.query(statement('all', 'SELECT number FROM course_value'));
    response.send(stored.rows);
});

app.get('/values/current', async (request, response) => {
    response.send(await redis.hGetAll(values));
});

app.post('/values', (request, response) => {
    const index = request.body.index;
    if (Number.parseInt(index, 10) > maximum) {
        return response.status(422).send('Index too high');
    }

    redis.hSet(values, index, 'Nothing yet!');
    redis.publish(insert, String(index));
    pool.query(statement('insert', 'INSERT INTO course_value (number) VALUES ($1)', [index]));
    response.send({ working: true });
});

async function start() {
    if (cluster.isPrimary) {
        await pool.query('CREATE TABLE IF NOT EXISTS course_value (number integer)');
    }
    if (cluster.isPrimary && processes > 1) {
        await pool.end();
        for (let n = 0; n < processes; n++) {
            cluster.fork();
        }
        return;
    }

    await redis.connect();
    const server = app.listen(Number(process.env.PORT), '127.0.0.1');
    // Longer than nginx keeps a connection: it would send a request on one that Node closes at that moment, and answer 502.
    server.keepAliveTimeout = 75_000;
}

start();
