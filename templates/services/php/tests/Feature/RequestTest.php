<?php

namespace Tests\Feature;

use Illuminate\Support\Facades\Log;
use Monolog\Handler\TestHandler;
use Tests\TestCase;

final class RequestTest extends TestCase
{
    public function test_counts_hits(): void
    {
        $this->post('/hits')->assertOk()->assertExactJson(['hits' => 1]);
        $this->post('/hits')->assertExactJson(['hits' => 2]);
    }

    public function test_answers_what_it_does_not_know_with_an_error(): void
    {
        $this->get('/nowhere')->assertNotFound()->assertJsonPath('error.code', 'not_found');
        $this->delete('/items')->assertStatus(405)->assertJsonPath('error.code', 'method_not_allowed');
    }

    public function test_echoes_a_request_id_and_replaces_one_that_is_unsafe(): void
    {
        $this->get('/', ['x-request-id' => 'abc_1.2-3'])->assertHeader('x-request-id', 'abc_1.2-3');
        foreach (['', 'a b', str_repeat('x', 129)] as $unsafe) {
            $id = $this->get('/', ['x-request-id' => $unsafe])->headers->get('x-request-id');
            $this->assertMatchesRegularExpression('/^[0-9a-f-]{36}$/', $id);
        }
    }

    public function test_logs_a_request_in_one_line(): void
    {
        Log::channel()->getLogger()->setHandlers([$handler = new TestHandler]);
        $this->get('/nowhere?token=secret', ['x-request-id' => 'abc-1']);
        [$record] = $handler->getRecords();
        $this->assertSame('request', $record->message);
        $this->assertSame(['abc-1', '/nowhere', 404], [$record->context['requestId'], $record->context['path'], $record->context['status']]);
    }
}
