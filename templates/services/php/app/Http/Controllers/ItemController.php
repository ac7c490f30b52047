<?php

namespace App\Http\Controllers;

use App\Exceptions\ClientError;
use App\Stores\Items;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;

/** Example: a resource in Postgres. */
final class ItemController
{
    public function __construct(private readonly Items $items) {}

    public function index(): JsonResponse
    {
        return new JsonResponse(['items' => $this->items->list()]);
    }

    public function store(Request $request): JsonResponse
    {
        return new JsonResponse($this->items->create($this->nameFrom($request->getContent())), 201);
    }

    /** Stricter than Laravel's own reading: what is no JSON is no empty body. */
    private function nameFrom(string $body): string
    {
        $json = json_decode($body);
        if (json_last_error() !== JSON_ERROR_NONE) {
            throw new ClientError(400, 'invalid_json', 'The body is not valid JSON');
        }
        $name = $json->name ?? null;
        // Postgres cannot store NUL in text.
        if (is_string($name) && ! str_contains($name, "\0") && in_array(mb_strlen(trim($name)), range(1, 200), true)) {
            return trim($name);
        }
        throw new ClientError(400, 'invalid_body', 'Send {"name": "..."} with 1 to 200 characters');
    }
}
