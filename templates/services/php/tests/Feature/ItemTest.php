<?php

namespace Tests\Feature;

use App\Exceptions\StoreUnavailable;
use App\Stores\Items;
use PHPUnit\Framework\Attributes\DataProvider;
use RuntimeException;
use Tests\TestCase;
use Throwable;

final class ItemTest extends TestCase
{
    public function test_creates_an_item_and_lists_it(): void
    {
        $created = $this->postText('/items', '{"name":" first "}')->assertCreated()->assertJson(['name' => 'first']);
        $this->get('/items')->assertOk()->assertExactJson(['items' => [$created->json()]]);
    }

    public function test_takes_two_hundred_characters(): void
    {
        $this->postText('/items', json_encode(['name' => str_repeat('ß', 200)]))->assertCreated();
    }

    #[DataProvider('invalid')]
    public function test_refuses_an_invalid_body(string $body): void
    {
        $response = $this->postText('/items', $body)->assertStatus(400);
        $this->assertContains($response->json('error.code'), ['invalid_json', 'invalid_body']);
    }

    /** @return iterable<string, array{string}> */
    public static function invalid(): iterable
    {
        yield 'no body' => [''];
        yield 'no JSON' => ['{"name"'];
        yield 'broken UTF-8' => ["{\"name\":\"\xff\"}"];
        yield 'deep nesting' => [str_repeat('[', 10_000)];
        yield 'no object' => ['[]'];
        yield 'no name' => ['{}'];
        yield 'a name of another type' => ['{"name":1}'];
        yield 'an empty name' => ['{"name":" "}'];
        yield 'a long name' => [json_encode(['name' => str_repeat('x', 201)])];
        yield 'half a character' => ['{"name":"\ud800"}'];
        yield 'NUL' => ['{"name":"a\u0000b"}'];
    }

    public function test_refuses_more_than_a_megabyte(): void
    {
        $this->postText('/items', json_encode(['name' => str_repeat('x', 2 ** 20)]))
            ->assertStatus(413)->assertJsonPath('error.code', 'payload_too_large');
    }

    public function test_says_so_when_the_database_is_down(): void
    {
        $this->failWith(new StoreUnavailable('Postgres', new RuntimeException('no route to 10.0.0.7')));
        $this->get('/items')->assertStatus(503)->assertJsonPath('error.code', 'store_unavailable')
            ->assertDontSee('10.0.0.7');
    }

    public function test_keeps_the_details_of_an_unexpected_error_to_the_log(): void
    {
        $this->failWith(new RuntimeException('password=hunter2'));
        $this->get('/items')->assertStatus(500)
            ->assertExactJson(['error' => ['code' => 'internal_error', 'message' => 'Internal server error']]);
    }

    private function failWith(Throwable $error): void
    {
        $this->app->instance(Items::class, new class($error) implements Items
        {
            public function __construct(private readonly Throwable $error) {}

            public function list(): array
            {
                throw $this->error;
            }

            public function create(string $name): array
            {
                throw $this->error;
            }
        });
    }
}
